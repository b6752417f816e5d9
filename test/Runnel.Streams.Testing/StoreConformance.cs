using System.Runtime.InteropServices;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Testing;

/// <summary>What every store owes the log.</summary>
public abstract class StoreConformance : IAsyncLifetime
{
    protected static readonly StreamName Stream = Sample.Stream;
    protected static readonly StreamName Other = Sample.Other;
    protected static readonly StreamName Owner = Sample.Owner;

    protected IStreamStore Store { get; set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An empty store, opened.</summary>
    protected abstract Task<IStreamStore> OpenAsync();

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Numbers_GoUpFromOneWithoutGaps_AcrossCommits()
    {
        await Store.CommitAsync(new Append(Stream, Sample.Events(1, 3)));
        await Store.CommitAsync(new Append(Stream, Sample.Events(4, 2)), new Append(Stream, Sample.Events(6, 1)));

        Sample.AssertCounts(await Store.ReadAllAsync(Stream), 6);
        Assert.Equal(6, (await Store.FindAsync(Stream, Token))!.Value.Last);
    }

    [Fact]
    public async Task Streams_HaveNumbersOfTheirOwn_InOneCommit()
    {
        await Store.CommitAsync(
            new Append(Stream, Sample.Events(1, 2)), new Append(Other, Sample.Events(1, 5)), new Append(Stream, Sample.Events(3, 1)));

        Sample.AssertCounts(await Store.ReadAllAsync(Stream), 3);
        Sample.AssertCounts(await Store.ReadAllAsync(Other), 5);
    }

    [Fact]
    public async Task OwnerStream_ShowsEventsOfItsStreams_InTheOrderOfAppends()
    {
        await Store.CommitAsync(
            new Append(Stream, Sample.Events(1, 2)) { Owner = Owner }, new Append(Other, Sample.Events(1, 1)) { Owner = Owner });
        await Store.CommitAsync(new Append(Stream, Sample.Events(3, 1)) { Owner = Owner });

        var places = (await Store.ReadAllAsync(Owner)).Select(entry => (entry.Number, entry.Event!.Stream, entry.Event.Number));
        Assert.Equal([(1, Stream, 1), (2, Stream, 2), (3, Other, 1), (4, Stream, 3)], places);
    }

    [Fact]
    public async Task OwnerStream_KeepsEventsOfItsOwn_BetweenReferences()
    {
        await AppendMixedAsync();

        await AssertMixedAsync();
    }

    [Fact]
    public async Task Receipt_NamesThePlacesAroundTheAppend_InBothStreams()
    {
        await Store.CommitAsync(new Append(Other, Sample.Events(1, 4)) { Owner = Owner }, new Append(Stream, Sample.Events(1, 1)));
        var receipt = (await Store.CommitAsync(new Append(Stream, Sample.Events(2, 2)) { Owner = Owner }))[0].Receipt;

        Assert.Equal((1, 3), (receipt.Before.Number, receipt.Last.Number));
        Assert.Equal((4, 6), (receipt.OwnerBefore.Number, receipt.OwnerLast.Number));
        Assert.Equal((await Store.FindAsync(Stream, Token))!.Value.Generation, receipt.Last.Generation);
        Assert.Equal((await Store.FindAsync(Owner, Token))!.Value.Generation, receipt.OwnerLast.Generation);
        Assert.Equal((Cursor.MarkOf(Stream), Cursor.MarkOf(Owner)), (receipt.Before.Mark, receipt.OwnerBefore.Mark));
    }

    [Fact]
    public async Task Append_WithoutEvents_MakesTheStream()
    {
        var receipt = (await Store.CommitAsync(new Append(Stream)))[0].Receipt;

        Assert.Equal((0, 0), (receipt.Before.Number, receipt.Last.Number));
        var head = Assert.NotNull(await Store.FindAsync(Stream, Token));
        Assert.Equal((1, 0), (head.First, head.Last));
        Assert.Empty(await Store.ReadAllAsync(Stream));
    }

    [Fact]
    public async Task Stream_ThatNobodyMade_IsNotThere()
    {
        await Store.CommitAsync(new Append(Other, Sample.Events(1, 1)));

        Assert.Null(await Store.FindAsync(Stream, Token));
        Assert.Empty(await Store.ReadAsync(Stream, 0, 1000, Token));
    }

    [Fact]
    public async Task Generation_StaysTheSame_AndDiffersBetweenStreams()
    {
        await Store.CommitAsync(new Append(Stream), new Append(Other));
        var before = (await Store.FindAsync(Stream, Token))!.Value.Generation;
        await Store.CommitAsync(new Append(Stream, Sample.Events(1, 1)));

        Assert.Equal(before, (await Store.FindAsync(Stream, Token))!.Value.Generation);
        Assert.NotEqual(before, (await Store.FindAsync(Other, Token))!.Value.Generation);
        Assert.True(before > 0);
    }

    [Fact]
    public async Task Read_GivesOneEventAtLeast_AndNoMoreThanFits()
    {
        await Store.CommitAsync(new Append(Stream, Sample.Events(1, 100)));

        Assert.Equal(3, Assert.Single(await Store.ReadAsync(Stream, 2, 1, Token)).Number);
        Assert.InRange((await Store.ReadAsync(Stream, 0, 2000, Token)).Count, 2, 40);
        Assert.Empty(await Store.ReadAsync(Stream, 100, 1000, Token));
        Assert.Empty(await Store.ReadAsync(Stream, 1000, 1000, Token));
        Assert.Equal(1, (await Store.ReadAsync(Stream, -5, 1000, Token))[0].Number);
    }

    [Fact]
    public async Task Event_OfOneMegabyte_ComesBackWhole()
    {
        var large = new NewEvent("large", Sample.Bytes($$"""{"text":"{{new string('水', 350_000)}}"}"""));
        await Store.CommitAsync(new Append(Stream, Sample.Event(1), large, Sample.Event(3)));

        var entries = await Store.ReadAllAsync(Stream, pageBytes: 1000);
        Assert.Equal(3, entries.Count);
        Assert.True(large.Data.Span.SequenceEqual(entries[1].Event!.Data.Span));
    }

    [Fact]
    public async Task Delta_KeepsNameDataTextAndSince()
    {
        var data = Sample.Bytes("""{"id":7}""");
        await Store.CommitAsync(new Append(Stream, Sample.Delta(data, "天气", 5), Sample.Delta(data, "", 5), Sample.Delta(data, "!")));

        var read = (await Store.ReadAllAsync(Stream)).ConvertAll(entry => entry.Event!);
        Assert.Equal(["天气", "", "!"], read.Select(next => Sample.Text(next.Text)));
        Assert.Equal([5L, 5L, 0L], read.Select(next => next.Since));
        Assert.All(read, next => Assert.True(next.IsDelta));
        Assert.All(read, next => Assert.Equal(("written", """{"id":7}"""), (next.Name, Sample.Text(next.Data))));
    }

    [Fact]
    public async Task Deltas_OfOneText_ShareNameAndData()
    {
        var data = Sample.Bytes("""{"id":7}""");
        await Store.CommitAsync(new Append(Stream, Sample.Delta(data, "a"), Sample.Delta(data, "b")));

        await AssertSharedAsync();
    }

    [Fact]
    public async Task RefusedAppend_TakesNoNumber_AndHarmsNobodyElse()
    {
        var batch = await Store.CommitAsync(
            new Append(Stream, Sample.Events(1, 1)),
            new Append(Stream, Sample.Events(9, 3)) { Participants = [Sample.Refused], Owner = Owner },
            new Append(Other, Sample.Events(9, 1)) { Participants = [Sample.Refused] },
            new Append(Stream, Sample.Events(2, 2)));

        Assert.Equal([false, true, true, false], batch.Select(pending => pending.Failure is not null));
        Assert.Empty(batch[1].Events);
        Sample.AssertCounts(await Store.ReadAllAsync(Stream), 3);
        Assert.Null(await Store.FindAsync(Other, Token));
        Assert.Null(await Store.FindAsync(Owner, Token));
    }

    [Fact]
    public async Task Stream_HoldsAHundredThousandEvents()
    {
        for (var first = 1; first <= 100_000; first += 1000)
            await Store.CommitAsync(new Append(Stream, Sample.Events(first, 1000)));

        Sample.AssertCounts(await Store.ReadAllAsync(Stream, pageBytes: 256 * 1024), 100_000);
    }

    protected async Task AppendMixedAsync()
    {
        await Store.CommitAsync(new Append(Owner, Sample.Event(1)));
        await Store.CommitAsync(new Append(Stream, Sample.Event(2)) { Owner = Owner }, new Append(Owner, Sample.Event(3)));
        await Store.CommitAsync(new Append(Stream, Sample.Event(4)) { Owner = Owner });
    }

    protected async Task AssertMixedAsync()
    {
        var entries = await Store.ReadAllAsync(Owner);
        Sample.AssertCounts(entries, 4);
        Assert.Equal(
            [(Owner, 1), (Stream, 1), (Owner, 3), (Stream, 2)], entries.Select(entry => (entry.Event!.Stream, entry.Event.Number)));
    }

    protected async Task AssertSharedAsync()
    {
        var read = (await Store.ReadAllAsync(Stream)).ConvertAll(entry => entry.Event!);
        Assert.Same(read[0].Name, read[1].Name);
        Assert.True(MemoryMarshal.TryGetArray(read[0].Data, out var first));
        Assert.True(MemoryMarshal.TryGetArray(read[1].Data, out var second));
        Assert.Equal((first.Array, first.Offset), (second.Array, second.Offset));
    }
}
