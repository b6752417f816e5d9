using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Runnel.Streams.Testing.Model;

/// <summary>
/// Makes up stories and tells each to a log of its own. One that fails is told again, shorter and shorter, and the shortest is
/// shown with its seed; <c>RUNNEL_SEED=seed,gamma</c> begins with that seed.
/// </summary>
public static class Stories
{
    private static readonly (int Weight, StepKind Kind)[] Kinds =
    [
        (6, StepKind.Append), (8, StepKind.AppendOwned), (2, StepKind.AppendRefused), (3, StepKind.AppendTogether),
        (4, StepKind.AppendToAll), (1, StepKind.End), (4, StepKind.Trim), (3, StepKind.Delete),
        (4, StepKind.FollowOldest), (3, StepKind.FollowNow), (8, StepKind.Read), (5, StepKind.Cut),
        (6, StepKind.Resume), (1, StepKind.ResumeAhead), (5, StepKind.Settle), (2, StepKind.Restart),
    ];

    /// <summary>Tells stories until one fails.</summary>
    public static void Tell(int count, int longest, Func<ModelledLog> open)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(count).WithEndSize(longest);
        if (Environment.GetEnvironmentVariable("RUNNEL_SEED") is { } text)
        {
            var seed = text.Split(',').Select(part => ulong.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            config = config.WithReplay(new Replay(new Rnd(seed[0], seed[1]), FSharpOption<int>.None));
        }

        Prop.ForAll(Arb.From(Story(), Shorter), steps => Tell(steps, open)).Check(config);
    }

    /// <summary>One story, as a failure shows it.</summary>
    public static void Tell(StoryStep[] steps, Func<ModelledLog> open)
    {
        TellAsync().GetAwaiter().GetResult();

        async Task TellAsync()
        {
            await using var story = new Story(open());
            await story.TellAsync(steps);
        }
    }

    /// <summary>The story without a part of it, and with smaller steps.</summary>
    public static IEnumerable<StoryStep[]> Shorter(StoryStep[] steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        for (var size = steps.Length / 2; size > 0; size /= 2)
        {
            for (var from = 0; from + size <= steps.Length; from += size)
                yield return [.. steps[..from], .. steps[(from + size)..]];
        }

        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Amount > 1)
                yield return [.. steps[..i], steps[i] with { Amount = 1 }, .. steps[(i + 1)..]];
            if (steps[i].Stream > 0)
                yield return [.. steps[..i], steps[i] with { Stream = 0 }, .. steps[(i + 1)..]];
        }
    }

    private static Gen<StoryStep[]> Story() =>
        Gen.Frequency(Kinds.Select(kind => (kind.Weight, Gen.Constant(kind.Kind))))
            .Zip(Gen.Choose(0, StoryStep.Streams - 1), (kind, stream) => (Kind: kind, Stream: stream))
            .Zip(Gen.Choose(1, 9), (step, amount) => new StoryStep(step.Kind, step.Stream, amount))
            .ArrayOf();
}
