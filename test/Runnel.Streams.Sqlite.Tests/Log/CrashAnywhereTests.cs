using Runnel.Streams.Events;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Log;

/// <summary>The files as a crash would leave them after every transaction of appends, trims, deletions and compaction.</summary>
public sealed class CrashAnywhereTests : IAsyncLifetime
{
    private readonly DataDirectory _directory = new();
    private readonly List<(DataDirectory Files, State State)> _crashes = [];
    private State _state = new(0, 0, 0);
    private OpenedStore _opened = null!;

    public async ValueTask InitializeAsync() => _opened = await OpenedStore.OpenAsync(_directory.Database);

    public async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        foreach (var (files, _) in _crashes)
            files.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task EveryCrash_LeavesWhatWasCommitted_AndGoesOn()
    {
        // What is committed is in the files before anybody is told; so the state is moved on before each commit.
        _opened.AfterCommit = () => _crashes.Add((_directory.Copy(), _state));
        for (var round = 1; round <= 12; round++)
        {
            await CommitAsync(
                _state with { Count = round * 10, Other = _state.Other + 1 },
                new Append(Sample.Stream, Sample.Events(((round - 1) * 10) + 1, 10)) { Owner = Sample.Owner },
                new Append(Sample.Other, Sample.Event(_state.Other + 1)));
            if (round % 3 == 0)
                await CommitAsync(_state with { Trimmed = (round * 10) - 12 }, new Append(Sample.Stream) { TrimTo = (round * 10) - 12 });
            if (round % 4 == 0)
                await _opened.TryCompactAsync();
            if (round % 5 == 0)
                await CommitAsync(_state with { Other = 0 }, new Append(Sample.Stream) { Deletes = [Sample.Other] });
        }

        _opened.AfterCommit = null;
        Assert.InRange(_crashes.Count, 24, 100);
        foreach (var (files, state) in _crashes)
            await AssertAsync(files, state);
    }

    private async Task CommitAsync(State next, params Append[] appends)
    {
        _state = next;
        Assert.All(await _opened.Store.CommitAsync(appends), pending => Assert.Null(pending.Failure));
    }

    private static async Task AssertAsync(DataDirectory files, State state)
    {
        await using var opened = await OpenedStore.OpenAsync(files.Database);
        await AssertAsync(opened, state);
        await opened.Store.CommitAsync(
            new Append(Sample.Stream, Sample.Events(state.Count + 1, 2)) { Owner = Sample.Owner },
            new Append(Sample.Other, Sample.Event(state.Other + 1)));
        await opened.CompactAsync();
        await AssertAsync(opened, state with { Count = state.Count + 2, Other = state.Other + 1 });
    }

    private static async Task AssertAsync(OpenedStore opened, State state)
    {
        var own = await opened.Store.ReadAllAsync(Sample.Stream);
        Assert.Equal(Values(state.Trimmed + 1, state.Count), own.Select(ValueOf));
        Sample.AssertCounts(await opened.Store.ReadAllAsync(Sample.Other), state.Other);
        var ofOwner = await opened.Store.ReadAllAsync(Sample.Owner);
        Assert.Equal(Enumerable.Range(1, state.Count), ofOwner.Select(entry => (int)entry.Number));
        Assert.Equal(Values(state.Trimmed + 1, state.Count), ofOwner.Skip(state.Trimmed).Select(ValueOf));
    }

    private static IEnumerable<string> Values(int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(value => Sample.Text(Sample.Event(value).Data));

    private static string ValueOf(LogEntry entry) => Sample.Text(entry.Event!.Data);

    private sealed record State(int Count, int Trimmed, int Other);
}
