using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing.Model;

namespace Runnel.Streams.Sqlite.Tests.Log;

/// <summary>Random interleavings on SQLite, with compaction and restarts anywhere, against a model.</summary>
public sealed class StoryTests : IDisposable
{
    private readonly DataDirectory _directory = new();
    private int _stories;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Log_DoesWhatItsModelDoes_WhateverHappensToIt() => Stories.Tell(count: 200, longest: 60, Open);

    private ModelledLog Open()
    {
        var path = Path.Combine(_directory.Root, $"{++_stories}", "log.db");
        return new ModelledLog(streams => streams.UseSqlite(path, SqliteDurability.Normal), CompactAsync);
    }

    private static Task CompactAsync(IStreamStore store) =>
        ((SqliteStreamStore)store).CompactOnceAsync(TestContext.Current.CancellationToken);
}
