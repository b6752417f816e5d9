using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests;

public sealed class SqliteStreamStoreTests : DurableLifeConformance
{
    private readonly DataDirectory _directory = new();
    private OpenedStore _opened = null!;

    public override async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        _directory.Dispose();
        await base.DisposeAsync();
    }

    protected override async Task<IStreamStore> OpenAsync()
    {
        _opened = await OpenedStore.OpenAsync(_directory.Database);
        return _opened.Store;
    }

    protected override async Task RestartAsync()
    {
        await _opened.DisposeAsync();
        Store = await OpenAsync();
    }

    protected override Task SettleAsync() => _opened.CompactAsync();

    protected override IDisposable FailCommits()
    {
        _opened.Execute("create trigger refuse before insert on journal begin select raise(abort, 'no'); end");
        return new Trigger(_opened);
    }

    private sealed class Trigger(OpenedStore opened) : IDisposable
    {
        public void Dispose() => opened.Execute("drop trigger refuse");
    }
}
