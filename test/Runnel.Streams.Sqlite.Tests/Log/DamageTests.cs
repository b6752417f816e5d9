using Microsoft.Data.Sqlite;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Log;

/// <summary>A database that is not as the log left it: the start is refused, and the file stays as it is.</summary>
public sealed class DamageTests : IAsyncLifetime
{
    private readonly DataDirectory _directory = new();

    public async ValueTask InitializeAsync()
    {
        await using var opened = await OpenedStore.OpenAsync(_directory.Database);
        await opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(1, 500)) { Owner = Sample.Owner });
        await opened.CompactAsync();
        for (var value = 501; value <= 503; value++)
            await opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(value)) { Owner = Sample.Owner });
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("streams")]
    [InlineData("writer")]
    [InlineData("migrations")]
    public async Task TableThatIsOverwritten_IsRefused(string table)
    {
        var (page, size) = (Ask($"select rootpage from sqlite_schema where name = '{table}'"), Ask("pragma page_size"));
        using (var file = File.OpenWrite(_directory.Database))
        {
            file.Seek((page - 1) * size, SeekOrigin.Begin);
            file.Write(Enumerable.Repeat((byte)0xa5, (int)size).ToArray());
        }

        Assert.Contains("malformed", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete from journal where id = (select min(id) from journal)", "are missing")]
    [InlineData("update journal set batch = x'01ff'", "damaged")]
    [InlineData("update journal set batch = x'63'", "newer version")]
    [InlineData("update journal set batch = substr(batch, 1, length(batch) - 3)", "damaged")]
    [InlineData("delete from writer", "lost its writer")]
    public async Task LogThatDoesNotAddUp_IsRefused(string damage, string reason)
    {
        Ask(damage);

        Assert.Contains(reason, await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileThatIsCutOff_IsRefused()
    {
        using (var file = File.OpenWrite(_directory.Database))
            file.SetLength(5000);

        await RefusalAsync();
    }

    private async Task<string> RefusalAsync()
    {
        var before = await File.ReadAllBytesAsync(_directory.Database, TestContext.Current.CancellationToken);
        var refusal = "";
        for (var i = 0; i < 2; i++)
        {
            refusal = (await Assert.ThrowsAsync<StoreUnavailableException>(
                () => OpenedStore.OpenAsync(_directory.Database))).Message;
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(_directory.Database, TestContext.Current.CancellationToken));
        return refusal;
    }

    private long Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_directory.Database};Pooling=False");
        connection.Open();
        return OpenedStore.Scalar(connection, sql);
    }
}
