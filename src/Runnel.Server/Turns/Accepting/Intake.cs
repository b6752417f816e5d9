using Runnel.Server.Hosting;

namespace Runnel.Server.Turns.Accepting;

/// <summary>What became of a message: refused, accepted, or found to have been accepted before.</summary>
internal readonly record struct Intake(Problem? Refused, AcceptedTurn? Turn, bool IsRepeat)
{
    public static implicit operator Intake(Problem refused) => new(refused, null, false);

    public static Intake Accepted(AcceptedTurn turn) => new(null, turn, false);

    public static Intake Repeated(AcceptedTurn turn) => new(null, turn, true);
}
