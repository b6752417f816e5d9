namespace Runnel.Streams.Testing.Model;

/// <summary>One step of a story, as data, so that a story which fails can be made shorter and told again.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Stream">To which stream, and which reader, counted from 0.</param>
/// <param name="Amount">How many events, or how far: 1 to 9.</param>
public sealed record StoryStep(StepKind Kind, int Stream, int Amount)
{
    /// <summary>How many streams and readers a story has; the last stream is the owner's.</summary>
    public const int Streams = 4;

    public override string ToString() => $"{Kind}({Stream}, {Amount})";
}
