using Runnel.Streams.Testing.Model;

namespace Runnel.Streams.Tests.Stores;

/// <summary>Random interleavings on the store in memory, against a model.</summary>
public sealed class StoryTests
{
    [Fact]
    public void Log_DoesWhatItsModelDoes_WhateverHappensToIt() => Stories.Tell(count: 400, longest: 60, Open);

    [Fact]
    public void Shorter_KeepsNothingThatIsNotNeeded()
    {
        StoryStep[] steps = [.. Enumerable.Range(0, 40).Select(i => new StoryStep(i == 17 ? StepKind.End : StepKind.Read, i % 4, 9))];
        while (Stories.Shorter(steps).FirstOrDefault(Fails) is { } shorter)
            steps = shorter;

        Assert.Equal([new StoryStep(StepKind.End, 0, 1)], steps);

        static bool Fails(StoryStep[] story) => story.Any(step => step.Kind == StepKind.End);
    }

    private static ModelledLog Open() => new(streams => streams.UseInMemory());
}
