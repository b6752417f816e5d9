using Runnel.Server.Hosting;

namespace Runnel.Server.Training.Accepting;

/// <summary>What became of a message: refused, accepted, or found to have been accepted before.</summary>
internal readonly record struct Acceptance(Problem? Refused, AcceptedRound? Round, bool IsRepeat)
{
    public static implicit operator Acceptance(Problem refused) => new(refused, null, false);

    public static Acceptance Of(AcceptedRound round, bool isRepeat) => new(null, round, isRepeat);
}
