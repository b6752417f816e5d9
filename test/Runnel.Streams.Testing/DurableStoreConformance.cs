using Runnel.Streams.Stores;

namespace Runnel.Streams.Testing;

/// <summary>What a store owes the log that outlives the process.</summary>
public abstract class DurableStoreConformance : StoreLifeConformance
{
    /// <summary>Closes <see cref="StoreConformance.Store"/> and opens another on the same data.</summary>
    protected abstract Task RestartAsync();

    /// <summary>Has the store bring everything into its final place.</summary>
    protected abstract Task SettleAsync();

    /// <summary>Makes commits fail until what it returns is disposed.</summary>
    protected abstract IDisposable FailCommits();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restart_LosesAndRepeatsNothing(bool settled)
    {
        await Store.CommitAsync(
            new Append(Stream, Sample.Events(1, 700)) { Owner = Owner }, new Append(Other, Sample.Events(1, 3)));
        if (settled)
            await SettleAsync();
        var head = await Store.FindAsync(Stream, Token);
        await RestartAsync();
        await Store.CommitAsync(new Append(Stream, Sample.Events(701, 10)) { Owner = Owner });

        Sample.AssertCounts(await Store.ReadAllAsync(Stream), 710);
        Sample.AssertCounts(await Store.ReadAllAsync(Owner), 710);
        Sample.AssertCounts(await Store.ReadAllAsync(Other), 3);
        Assert.Equal(head!.Value.Generation, (await Store.FindAsync(Stream, Token))!.Value.Generation);
    }

    [Fact]
    public async Task Restart_KeepsAStreamWithoutEvents()
    {
        await Store.CommitAsync(new Append(Stream));
        var head = await Store.FindAsync(Stream, Token);
        await RestartAsync();

        Assert.Equal(head, await Store.FindAsync(Stream, Token));
    }

    [Fact]
    public async Task Read_CrossesTheSeam_BetweenWhatIsSettledAndWhatIsNew()
    {
        await Store.CommitAsync(new Append(Stream, Sample.Events(1, 500)) { Owner = Owner });
        await SettleAsync();
        await Store.CommitAsync(new Append(Stream, Sample.Events(501, 500)) { Owner = Owner });

        foreach (var bytes in new[] { 1, 3000, 1024 * 1024 })
        {
            Sample.AssertCounts(await Store.ReadAllAsync(Stream, pageBytes: bytes), 1000);
            Sample.AssertCounts(await Store.ReadAllAsync(Owner, pageBytes: bytes), 1000);
        }

        Assert.Equal(Enumerable.Range(499, 502).Select(number => (long)number),
            (await Store.ReadAllAsync(Owner, after: 498)).Select(entry => entry.Number));
    }

    [Fact]
    public async Task OwnerStream_KeepsEventsOfItsOwn_WhenSettledAndStartedAgain()
    {
        await AppendMixedAsync();
        await SettleAsync();
        await AssertMixedAsync();
        await RestartAsync();

        await AssertMixedAsync();
    }

    [Fact]
    public async Task OwnerStream_OfStreamsThatAlternate_ReadsFromAnywhere_WhenSettled()
    {
        for (var i = 1; i <= 300; i++)
        {
            await Store.CommitAsync(
                new Append(Stream, Sample.Event((2 * i) - 1)) { Owner = Owner }, new Append(Other, Sample.Event(2 * i)) { Owner = Owner });
        }

        await SettleAsync();
        foreach (var bytes in new[] { 1, 2000, 1024 * 1024 })
            Sample.AssertCounts(await Store.ReadAllAsync(Owner, pageBytes: bytes), 600);
    }

    [Fact]
    public async Task Deltas_OfOneText_ShareNameAndData_WhenSettled()
    {
        var data = Sample.Bytes("""{"id":7}""");
        await Store.CommitAsync(new Append(Stream, Sample.Delta(data, "a", 3), Sample.Delta(data, "b", 3)));
        await SettleAsync();

        await AssertSharedAsync();
        Assert.Equal([3L, 3L], (await Store.ReadAllAsync(Stream)).Select(entry => entry.Event!.Since));
    }

    [Fact]
    public async Task FailedCommit_TakesNoNumber_AndTheNextOneSucceeds()
    {
        await Store.CommitAsync(new Append(Stream, Sample.Events(1, 2)));
        using (FailCommits())
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(
                () => Store.CommitAsync(new Append(Stream, Sample.Events(9, 2)), new Append(Other, Sample.Events(9, 1))));
        }

        await Store.CommitAsync(new Append(Stream, Sample.Events(3, 1)));
        Sample.AssertCounts(await Store.ReadAllAsync(Stream), 3);
        Assert.Null(await Store.FindAsync(Other, Token));
        await RestartAsync();
        Sample.AssertCounts(await Store.ReadAllAsync(Stream), 3);
    }
}
