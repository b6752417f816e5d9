using Runnel.Streams.Events;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Log;

public sealed class ErasureTests : IAsyncLifetime
{
    private const string Secret = "Do not keep this sentence";
    private readonly DataDirectory _directory = new();
    private OpenedStore _opened = null!;

    public async ValueTask InitializeAsync() => _opened = await OpenedStore.OpenAsync(_directory.Database);

    public async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DeletedText_IsInNoFile_AfterTheNextCompaction(bool settled)
    {
        await AppendSecretsAsync();
        if (settled)
            await _opened.CompactAsync();
        Assert.True(IsInFiles(_directory));
        await _opened.Store.CommitAsync(new Append(Sample.Owner) { Deletes = [Sample.Stream] });

        await UntilErasedAsync();
        Assert.Equal(2, (await _opened.Store.ReadAllAsync(Sample.Other)).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TrimmedText_IsInNoFile_AndWhatCameAfterIt_InTheSameSegment_Stays(bool settled)
    {
        await AppendSecretsAsync();
        await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(1, 2)) { Owner = Sample.Owner });
        if (settled)
            await _opened.CompactAsync();
        Assert.True(IsInFiles(_directory));
        await _opened.Store.CommitAsync(new Append(Sample.Stream) { TrimTo = 40 });

        await UntilErasedAsync();
        await _opened.CompactAsync();
        Assert.Equal([41, 42], (await _opened.Store.ReadAllAsync(Sample.Stream)).Select(entry => entry.Number));
        var owned = await _opened.Store.ReadAllAsync(Sample.Owner);
        Assert.Equal([40, 4], [owned.Count(entry => entry.Event is null), owned.Count(entry => entry.Event is not null)]);
    }

    [Fact]
    public async Task DeletedText_IsInNoFile_ThoughTheProcessDiedBeforeItWasErased()
    {
        await AppendSecretsAsync();
        await _opened.Store.CommitAsync(new Append(Sample.Owner) { Deletes = [Sample.Stream] });
        using var copy = _directory.Copy();
        Assert.True(IsInFiles(copy));
        await using var restarted = await OpenedStore.OpenAsync(copy.Database);

        await UntilErasedAsync(restarted, copy);
    }

    [Fact]
    public async Task DeletedText_IsErased_WhenTheLastReaderIsGone()
    {
        await AppendSecretsAsync();
        using (var reader = _opened.Database.Connect())
        {
            OpenedStore.Scalar(reader, "begin");
            OpenedStore.Scalar(reader, "select count(*) from journal");
            await _opened.Store.CommitAsync(new Append(Sample.Owner) { Deletes = [Sample.Stream] });
            await _opened.CompactAsync();
            Assert.True(IsInFiles(_directory));
            OpenedStore.Scalar(reader, "rollback");
        }

        await UntilErasedAsync();
    }

    private async Task AppendSecretsAsync()
    {
        for (var i = 0; i < 20; i++)
        {
            await _opened.Store.CommitAsync(
                new Append(Sample.Stream, SecretEvent(i), SecretEvent(i)) { Owner = Sample.Owner });
        }

        await _opened.Store.CommitAsync(new Append(Sample.Other, Sample.Events(1, 2)) { Owner = Sample.Owner });
    }

    private static NewEvent SecretEvent(int i) =>
        new("said", Sample.Bytes($$"""{"i":{{i}},"text":"{{Secret}}{{new string('.', 500 * i)}}{{Secret}}"}"""));

    private Task UntilErasedAsync() => UntilErasedAsync(_opened, _directory);

    private static async Task UntilErasedAsync(OpenedStore opened, DataDirectory directory)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (IsInFiles(directory))
        {
            deadline.Token.ThrowIfCancellationRequested();
            await opened.TryCompactAsync();
        }
    }

    private static bool IsInFiles(DataDirectory directory)
    {
        var secret = Sample.Bytes(Secret);
        // Not the file of locks: closing it would give up those that SQLite holds in this process.
        return new[] { directory.Database, directory.Database + "-wal" }.Any(file => Read(file).AsSpan().IndexOf(secret) >= 0);
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
