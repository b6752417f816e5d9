namespace Runnel.Server.Gates.Counting;

/// <summary>Somebody who has just taken a place asks whether they may keep it.</summary>
internal sealed class PlaceQuestion(string reader)
{
    public string Reader => reader;

    /// <summary>True also where nobody could answer.</summary>
    public bool MayKeep { get; private set; } = true;

    public bool IsAnswered { get; private set; }

    /// <summary>Whoever asked has gone, and has given the place back.</summary>
    public bool IsAbandoned { get; set; }

    public void Answer(bool mayKeep) => (MayKeep, IsAnswered) = (mayKeep, true);
}
