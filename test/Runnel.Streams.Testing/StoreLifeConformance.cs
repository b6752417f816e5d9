using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Testing;

/// <summary>What every store owes the log over the life of a stream: its end, retention, deletion.</summary>
public abstract class StoreLifeConformance : StoreConformance
{
    [Fact]
    public async Task StreamThatHasEnded_RefusesAppends_AndNobodyElseInTheBatch()
    {
        await Store.CommitAsync(new Append(Stream, Sample.Events(1, 2)) { EndsStream = true });
        var batch = await Store.CommitAsync(
            new Append(Other, Sample.Event(1)),
            new Append(Stream, Sample.Event(9)) { Owner = Owner },
            new Append(Stream) { EndsStream = true },
            new Append(Stream),
            new Append(Other, Sample.Event(2)));

        Assert.Equal([null, Stream, Stream, null, null], batch.Select(Ended));
        Assert.Empty(batch[1].Events);
        Assert.Equal((2, true), await HeadAsync(Stream));
        Assert.Equal((2, false), await HeadAsync(Other));
        Assert.Null(await Store.FindAsync(Owner, Token));
        Sample.AssertCounts(await Store.ReadAllAsync(Stream), 2);
    }

    [Fact]
    public async Task End_HoldsWithinItsBatch_AndForOwners()
    {
        var batch = await Store.CommitAsync(
            new Append(Owner, Sample.Event(1)) { EndsStream = true },
            new Append(Owner, Sample.Event(9)),
            new Append(Stream, Sample.Event(9)) { Owner = Owner });

        Assert.Equal([null, Owner, Owner], batch.Select(Ended));
        Assert.Null(await Store.FindAsync(Stream, Token));
        Sample.AssertCounts(await Store.ReadAllAsync(Owner), 1);
    }

    [Fact]
    public async Task Trim_GivesUpTheOldest_AndNumbersGoOn()
    {
        await Store.CommitAsync(new Append(Stream, Sample.Events(1, 10)));
        await Store.CommitAsync(new Append(Stream) { TrimTo = 4 });
        await AssertRetainedAsync(5, 10);
        await Store.CommitAsync(new Append(Stream) { TrimTo = 2 });
        await AssertRetainedAsync(5, 10);
        await Store.CommitAsync(new Append(Stream, Sample.Events(11, 5)) { TrimTo = 12 });

        await AssertRetainedAsync(13, 15);
    }

    [Fact]
    public async Task Trim_BeyondTheLast_LeavesNothing_AndTheNextNumberIsTheNext()
    {
        await Store.CommitAsync(new Append(Stream, Sample.Events(1, 10)));
        await Store.CommitAsync(new Append(Stream) { TrimTo = long.MaxValue });
        var head = (await Store.FindAsync(Stream, Token))!.Value;
        Assert.Equal((11, 10), (head.First, head.Last));
        Assert.Empty(await Store.ReadAllAsync(Stream));
        await Store.CommitAsync(new Append(Stream, Sample.Event(11)));

        await AssertRetainedAsync(11, 11);
    }

    [Fact]
    public async Task Trim_ReachesAStreamThatHasEnded()
    {
        await Store.CommitAsync(new Append(Stream, Sample.Events(1, 10)) { EndsStream = true });
        await Store.CommitAsync(new Append(Stream) { TrimTo = 6 });

        await AssertRetainedAsync(7, 10);
        Assert.Equal((10, true), await HeadAsync(Stream));
    }

    [Fact]
    public async Task Deletion_HidesTheStream_AndLeavesEmptyPlacesToItsOwner()
    {
        await AppendToOwnerAsync();
        await Store.CommitAsync(new Append(Owner, Sample.Event(6)) { Deletes = [Stream, new StreamName("nobody")] });

        Assert.Null(await Store.FindAsync(Stream, Token));
        Assert.Empty(await Store.ReadAllAsync(Stream));
        await AssertEmptyPlacesAsync();
    }

    [Fact]
    public async Task StreamMadeAgain_HasAnotherGeneration_AndTheOwnerSeesOnlyTheNewOne()
    {
        await AppendToOwnerAsync();
        var before = (await Store.FindAsync(Stream, Token))!.Value.Generation;
        await Store.CommitAsync(
            new Append(Owner, Sample.Event(6)) { Deletes = [Stream] }, new Append(Stream, Sample.Events(1, 3)) { Owner = Owner });

        Assert.NotEqual(before, (await Store.FindAsync(Stream, Token))!.Value.Generation);
        Sample.AssertCounts(await Store.ReadAllAsync(Stream), 3);
        await AssertEmptyPlacesAsync(more: 3);
        var shown = (await Store.ReadAllAsync(Owner, after: 6)).Select(entry => (entry.Event!.Stream, entry.Event.Number));
        Assert.Equal([(Stream, 1), (Stream, 2), (Stream, 3)], shown);
    }

    [Fact]
    public async Task Events_CarryTheGenerationOfTheirStream()
    {
        await Store.CommitAsync(new Append(Stream, Sample.Events(1, 2)) { Owner = Owner });
        var generation = (await Store.FindAsync(Stream, Token))!.Value.Generation;

        foreach (var stream in new[] { Stream, Owner })
            Assert.All(await Store.ReadAllAsync(stream), entry => Assert.Equal(generation, entry.Event!.Generation));
    }

    [Fact]
    public async Task AppendThatDeletesItsOwnStream_LeavesNothingOfIt()
    {
        await AppendToOwnerAsync();
        await Store.CommitAsync(new Append(Owner, Sample.Event(9)) { Deletes = [Owner, Stream] });

        Assert.Null(await Store.FindAsync(Owner, Token));
        Assert.Null(await Store.FindAsync(Stream, Token));
        Sample.AssertCounts(await Store.ReadAllAsync(Other), 1);
    }

    [Fact]
    public async Task RefusedAppend_DeletesTrimsAndEndsNothing()
    {
        await Store.CommitAsync(new Append(Stream, Sample.Events(1, 3)), new Append(Other, Sample.Events(1, 3)));
        await Store.CommitAsync(
            new Append(Stream, Sample.Event(9))
            {
                Participants = [Sample.Refused], Deletes = [Other], TrimTo = 2, EndsStream = true,
            });

        Sample.AssertCounts(await Store.ReadAllAsync(Stream), 3);
        Sample.AssertCounts(await Store.ReadAllAsync(Other), 3);
        Assert.Equal((3, false), await HeadAsync(Stream));
    }

    /// <summary>Places 1 to 5 of the owner: two of the stream, one of another, one of its own, one of the stream.</summary>
    protected async Task AppendToOwnerAsync()
    {
        await Store.CommitAsync(
            new Append(Stream, Sample.Events(1, 2)) { Owner = Owner },
            new Append(Other, Sample.Event(1)) { Owner = Owner },
            new Append(Owner, Sample.Event(4)));
        await Store.CommitAsync(new Append(Stream, Sample.Event(3)) { Owner = Owner });
    }

    /// <summary>Fails unless the owner's places of the deleted stream are empty and the others as they were, with one of its own
    /// after them, in pages of every size.</summary>
    protected async Task AssertEmptyPlacesAsync(int more = 0)
    {
        foreach (var bytes in new[] { 1, 200, 64 * 1024 })
        {
            var entries = await Store.ReadAllAsync(Owner, pageBytes: bytes);
            Assert.Equal(Enumerable.Range(1, 6 + more).Select(number => (long)number), entries.Select(entry => entry.Number));
            Assert.Equal(
                [null, null, Other, Owner, null, Owner], entries.Take(6).Select(entry => entry.Event?.Stream));
        }
    }

    protected async Task AssertRetainedAsync(long first, long last)
    {
        var head = (await Store.FindAsync(Stream, Token))!.Value;
        Assert.Equal((first, last), (head.First, head.Last));
        foreach (var after in new[] { 0, first - 2, first - 1 })
        {
            var entries = await Store.ReadAllAsync(Stream, after, pageBytes: 200);
            Assert.Equal(last - first + 1, entries.Count);
            Assert.All(entries, entry => Assert.Equal(entry.Number, entry.Event!.Number));
            Assert.Equal((first, last), (entries[0].Number, entries[^1].Number));
        }
    }

    protected async Task<(long Last, bool IsEnded)> HeadAsync(StreamName stream)
    {
        var head = (await Store.FindAsync(stream, Token))!.Value;
        return (head.Last, head.IsEnded);
    }

    private static StreamName? Ended(PendingAppend pending) => (pending.Failure as StreamEndedException)?.Stream;
}
