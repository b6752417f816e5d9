using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Log;

public sealed class FailingCommitTests : IAsyncLifetime
{
    private readonly DataDirectory _directory = new();
    private OpenedStore _opened = null!;

    public async ValueTask InitializeAsync()
    {
        _opened = await OpenedStore.OpenAsync(_directory.Database);
        await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(1, 2)));
    }

    public async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task DatabaseLockedByAnotherProgram_FailsTheCommitSoon_AndOnlyThat()
    {
        using (var other = new SqliteConnection($"Data Source={_directory.Database};Pooling=False"))
        {
            other.Open();
            OpenedStore.Scalar(other, "begin immediate");
            var token = TestContext.Current.CancellationToken;
            var commit = Task.Run(() => _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(9, 2))), token);

            // SQLite's own client would try for half a minute.
            await Assert.ThrowsAsync<StoreUnavailableException>(() => commit.WaitAsync(TimeSpan.FromSeconds(15), token));
            Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Stream), 2);
        }

        await AssertGoesOnAsync();
    }

    [Fact]
    public async Task FullDatabase_FailsTheCommit_AndGoesOnWhenThereIsRoom()
    {
        // The limit is of the connection that commits: it has the participant set it, in a commit of its own.
        var pages = _opened.Scalar("pragma page_count") + 4;
        var limit = new Participant("limit", $"pragma max_page_count = {pages}", new Dictionary<string, object?>(), ExpectedRows: null);
        await _opened.Store.CommitAsync(new Append(Sample.Other) { Participants = [limit] });
        var large = new NewEvent("large", Sample.Bytes($$"""{"text":"{{new string('x', 500_000)}}"}"""));

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _opened.Store.CommitAsync(new Append(Sample.Stream, large)));

        Assert.Equal(13, Assert.IsType<SqliteException>(failure.InnerException).SqliteErrorCode);
        await AssertGoesOnAsync();
    }

    [Fact]
    public async Task FullDisk_FailsTheCommit_AndGoesOnWhenThereIsRoom()
    {
        // Only root can have a disk of its own; for everybody else the limit of pages above must do.
        if (Environment.UserName != "root" || !await MountAsync("-t", "tmpfs", "-o", "size=2m", "tmpfs", _directory.Disk))
        {
            TestContext.Current.SendDiagnosticMessage("A disk that is full was not tried: it takes root, who may mount a tmpfs.");
            return;
        }

        try
        {
            await using var opened = await OpenedStore.OpenAsync(Path.Combine(_directory.Disk, "runnel.db"));
            await opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(1, 2)));
            var large = new NewEvent("large", Sample.Bytes($$"""{"text":"{{new string('x', 60_000)}}"}"""));
            var ballast = Path.Combine(_directory.Disk, "ballast");
            Fill(ballast);

            await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
            {
                for (var i = 0; i < 100; i++)
                    await opened.Store.CommitAsync(new Append(Sample.Other, large));
            });

            Sample.AssertCounts(await opened.Store.ReadAllAsync(Sample.Stream), 2);
            File.Delete(ballast);
            await opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(3, 1)));
            Sample.AssertCounts(await opened.Store.ReadAllAsync(Sample.Stream), 3);
            await opened.CompactAsync();
        }
        finally
        {
            await RunAsync("umount", "-l", _directory.Disk);
        }
    }

    private static void Fill(string file)
    {
        using var stream = File.Create(file);
        try
        {
            for (var block = new byte[4096]; ;)
                stream.Write(block);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    private static Task<bool> MountAsync(params string[] arguments)
    {
        Directory.CreateDirectory(arguments[^1]);
        return RunAsync("mount", arguments);
    }

    private static async Task<bool> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(command, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }

    [Fact]
    public async Task FullDatabase_WhileAParticipantWrites_FailsTheWholeCommit()
    {
        _opened.Execute("create table notes (text)");
        var pages = _opened.Scalar("pragma page_count") + 4;
        var limit = new Participant("limit", $"pragma max_page_count = {pages}", new Dictionary<string, object?>(), ExpectedRows: null);
        var note = new Participant(
            "note", "insert into notes values (@text)", new Dictionary<string, object?> { ["text"] = new string('x', 500_000) });

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(9)) { Participants = [limit, note] }));

        Assert.Equal(0, _opened.Scalar("select count(*) from notes"));
        await AssertGoesOnAsync();
    }

    [Fact]
    public async Task FailedCommit_LeavesNoLock_ForReadersAndWriters()
    {
        _opened.Execute("create trigger refuse before insert on journal begin select raise(abort, 'no'); end");
        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(
                () => _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(9))));
            Assert.Equal(0, _opened.Scalar("select count(*) from streams where name <> 'conversation/one'"));
        }

        _opened.Execute("drop trigger refuse");
        await AssertGoesOnAsync();
    }

    private async Task AssertGoesOnAsync()
    {
        await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(3, 1)));
        Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Stream), 3);
        await _opened.CompactAsync();
        await _opened.DisposeAsync();
        _opened = await OpenedStore.OpenAsync(_directory.Database);
        Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Stream), 3);
    }
}
