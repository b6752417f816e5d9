using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Testing;

/// <summary>The life of a stream in a store that outlives the process: the same before and after it has settled, and after a
/// restart.</summary>
public abstract class DurableLifeConformance : DurableStoreConformance
{
    /// <summary>When the store settles: before the change, after it, and whether it starts again then.</summary>
    public static TheoryData<bool, bool, bool> Times => new()
    {
        { false, false, true },
        { true, false, false },
        { true, false, true },
        { false, true, false },
        { true, true, true },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public async Task End_IsAFact_ForEver(bool before, bool after, bool restart)
    {
        await ChangeAsync(new Append(Stream, Sample.Events(1, 2)), new Append(Stream) { EndsStream = true }, before, after, restart);

        Assert.Equal((2, true), await HeadAsync(Stream));
        Assert.IsType<StreamEndedException>((await Store.CommitAsync(new Append(Stream, Sample.Event(9))))[0].Failure);
        Sample.AssertCounts(await Store.ReadAllAsync(Stream), 2);
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task Trim_IsExact_AtEverySeam(bool before, bool after, bool restart)
    {
        await ChangeAsync(
            new Append(Stream, Sample.Events(1, 700)),
            new Append(Stream, Sample.Events(701, 300)) { TrimTo = 620 },
            before, after, restart);
        await AssertRetainedAsync(621, 1000);
        await Store.CommitAsync(new Append(Stream, Sample.Events(1001, 5)));
        await AssertRetainedAsync(621, 1005);
        await SettleAsync();

        await AssertRetainedAsync(621, 1005);
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task Trim_OfEverything_KeepsTheNumber(bool before, bool after, bool restart)
    {
        await ChangeAsync(
            new Append(Stream, Sample.Events(1, 10)),
            new Append(Stream, Sample.Events(11, 2)) { TrimTo = 12 },
            before, after, restart);
        var head = (await Store.FindAsync(Stream, Token))!.Value;
        Assert.Equal((13, 12), (head.First, head.Last));
        Assert.Empty(await Store.ReadAllAsync(Stream));
        await Store.CommitAsync(new Append(Stream, Sample.Event(13)));
        await RestartAsync();

        await AssertRetainedAsync(13, 13);
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task TrimmedEvents_AreEmptyPlacesOfTheOwner_WhenSettled(bool before, bool after, bool restart)
    {
        await ChangeAsync(
            new Append(Stream, Sample.Events(1, 10)) { Owner = Owner }, new Append(Stream) { TrimTo = 4 }, before, after, restart);
        await SettleAsync();

        var entries = await Store.ReadAllAsync(Owner, pageBytes: 200);
        Assert.Equal(Enumerable.Range(1, 10).Select(number => (long)number), entries.Select(entry => entry.Number));
        Assert.Equal(Enumerable.Range(5, 6), entries.Where(entry => entry.Event is not null).Select(entry => (int)entry.Event!.Number));
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task Deletion_LeavesNothingButEmptyPlaces(bool before, bool after, bool restart)
    {
        await AppendToOwnerAsync();
        await ChangeAsync(new Append(Other), new Append(Owner, Sample.Event(6)) { Deletes = [Stream] }, before, after, restart);

        Assert.Null(await Store.FindAsync(Stream, Token));
        Assert.Empty(await Store.ReadAllAsync(Stream));
        await AssertEmptyPlacesAsync();
        Sample.AssertCounts(await Store.ReadAllAsync(Other), 1);
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task StreamMadeAgain_IsNotWhatOldReferencesMean(bool before, bool after, bool restart)
    {
        await AppendToOwnerAsync();
        // The newest row goes, so that a store which used its id again would be seen to.
        var made = new StreamName("made/last");
        await Store.CommitAsync(new Append(made, Sample.Events(1, 2)) { Owner = Owner });
        await ChangeAsync(new Append(Other), new Append(Owner) { Deletes = [made, Stream] }, before, after, restart);
        foreach (var name in new[] { "new/one", "new/two", made.Value, Stream.Value })
            await Store.CommitAsync(new Append(new StreamName(name), Sample.Events(1, 3)));

        Assert.Equal(
            [null, null, Other, Owner, null, null, null],
            (await Store.ReadAllAsync(Owner)).Select(entry => entry.Event?.Stream));
        Sample.AssertCounts(await Store.ReadAllAsync(Stream), 3);
    }

    private async Task ChangeAsync(Append first, Append change, bool before, bool after, bool restart)
    {
        await Store.CommitAsync(first);
        if (before)
            await SettleAsync();
        await Store.CommitAsync(change);
        if (after)
            await SettleAsync();
        if (restart)
            await RestartAsync();
    }
}
