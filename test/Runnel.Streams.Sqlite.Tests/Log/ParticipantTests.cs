using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Log;

public sealed class ParticipantTests : IAsyncLifetime
{
    private readonly DataDirectory _directory = new();
    private OpenedStore _opened = null!;

    public async ValueTask InitializeAsync()
    {
        _opened = await OpenedStore.OpenAsync(_directory.Database, CreateTables);
    }

    public async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Participant_CommitsWithItsEvents_AndKnowsTheirNumbers()
    {
        await _opened.Store.CommitAsync(new Append(Sample.Other, Sample.Events(1, 5)) { Owner = Sample.Owner });
        await _opened.Store.CommitAsync(
            new Append(Sample.Stream, Sample.Events(1, 2)) { Owner = Sample.Owner },
            new Append(Sample.Stream, Sample.Events(3, 3)) { Owner = Sample.Owner, Participants = [Turn("a")] });

        Assert.Equal(1, _opened.Scalar("select count(*) from turns where before = 2 and last = 5 and owner_before = 7"));
    }

    [Fact]
    public async Task Numbers_AreRight_InAStreamThatTheSameAppendMakes()
    {
        await _opened.Store.CommitAsync(
            new Append(Sample.Stream, Sample.Events(1, 2)) { Owner = Sample.Owner, Participants = [Turn("a")] });

        Assert.Equal(1, _opened.Scalar("select count(*) from turns where before = 0 and last = 2 and owner_before = 0"));
    }

    [Fact]
    public async Task Constraint_RefusesItsAppend_AndNobodyElseInTheBatch()
    {
        var batch = await _opened.Store.CommitAsync(
            new Append(Sample.Stream, Sample.Events(1, 1)) { Owner = Sample.Owner, Participants = [Turn("a")] },
            new Append(Sample.Other, Sample.Events(9, 1)) { Owner = Sample.Owner, Participants = [Turn("b"), Turn("a")] },
            new Append(Sample.Stream, Sample.Events(2, 1)) { Owner = Sample.Owner, Participants = [Turn("c")] });

        var refusal = Assert.IsType<ParticipantRefusedException>(batch[1].Failure);
        Assert.Equal("turn a", refusal.Participant);
        Assert.Equal(2, _opened.Scalar("select count(*) from turns"));
        Assert.Equal(1, _opened.Scalar("select count(*) from turns where id = 'c' and before = 1 and last = 2 and owner_before = 1"));
        Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Stream), 2);
        Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Owner), 2);
        Assert.Null(await _opened.Store.FindAsync(Sample.Other, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StreamOfARefusedAppend_CanBeMadeByTheNextOneOfTheBatch()
    {
        var batch = await _opened.Store.CommitAsync(
            new Append(Sample.Stream, Sample.Events(9, 1)) { Owner = Sample.Owner, Participants = [Wrong(2)] },
            new Append(Sample.Stream, Sample.Events(1, 2)) { Owner = Sample.Owner });

        Assert.NotNull(batch[0].Failure);
        Assert.Null(batch[1].Failure);
        await _opened.DisposeAsync();
        _opened = await OpenedStore.OpenAsync(_directory.Database);
        Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Stream), 2);
        Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Owner), 2);
    }

    [Fact]
    public async Task WrongCountOfRows_RefusesTheAppend_AndUndoesIt()
    {
        await _opened.Store.CommitAsync(
            new Append(Sample.Stream) { Owner = Sample.Owner, Participants = [Turn("a")] },
            new Append(Sample.Stream) { Owner = Sample.Owner, Participants = [Turn("b")] });
        var batch = await _opened.Store.CommitAsync(
            new Append(Sample.Stream, Sample.Event(1)) { Participants = [Wrong(1)] },
            new Append(Sample.Stream, Sample.Event(1)) { Participants = [Wrong(2)] });

        Assert.IsType<ParticipantRefusedException>(batch[0].Failure);
        Assert.Null(batch[1].Failure);
        Assert.Equal(2, _opened.Scalar("select count(*) from turns where last = 77"));
        Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Stream), 1);
    }

    [Fact]
    public async Task StatementThatIsWrong_RefusesItsAppendAlone()
    {
        var batch = await _opened.Store.CommitAsync(
            new Append(Sample.Stream, Sample.Event(1)),
            new Append(Sample.Stream, Sample.Event(9)) { Participants = [Sample.Refused] },
            new Append(Sample.Stream, Sample.Event(9)) { Participants = [new("no value", "update turns set last = @last", Nothing)] },
            new Append(Sample.Stream, Sample.Event(9)) { Participants = [new("no owner", "select @n", Numbers)] },
            new Append(Sample.Stream, Sample.Event(2)));

        Assert.Equal(
            [null, "refused", "no value", "no owner", null],
            batch.Select(pending => ((ParticipantRefusedException?)pending.Failure)?.Participant));
        Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Stream), 2);
    }

    [Fact]
    public async Task FailureOfTheWholeCommit_TakesParticipantsBack()
    {
        _opened.Execute("create trigger refuse before insert on journal begin select raise(abort, 'no'); end");

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _opened.Store.CommitAsync(
                new Append(Sample.Stream, Sample.Event(1)) { Owner = Sample.Owner, Participants = [Turn("a")] }));

        Assert.Equal(0, _opened.Scalar("select count(*) from turns"));
    }

    [Fact]
    public async Task ParticipantIsGiven_WhichOpeningOfTheLogCommitsIt()
    {
        var mine = new Participant(
            "mine",
            "insert into turns values ('a', @incarnation, 0, 0)",
            new Dictionary<string, object?> { ["incarnation"] = EventNumber.Incarnation });

        await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(1)) { Participants = [mine] });

        Assert.Equal(1, _opened.Store.Incarnation);
        Assert.Equal(1, _opened.Scalar("select before from turns"));
    }

    private static Dictionary<string, object?> Nothing => [];

    private static Dictionary<string, object?> Numbers => new() { ["n"] = EventNumber.OwnerBefore };

    private static Participant Turn(string id) => new(
        "turn " + id,
        "insert into turns values (@id, @before, @last, @owner)",
        new Dictionary<string, object?>
        {
            ["id"] = id,
            ["before"] = EventNumber.Before,
            ["last"] = EventNumber.Last,
            ["owner"] = EventNumber.OwnerBefore,
        });

    private static Participant Wrong(int rows) =>
        new("wrong", "update turns set last = 77", Nothing, ExpectedRows: rows);

    private static void CreateTables(SqliteDatabase database)
    {
        using var connection = database.Connect();
        OpenedStore.Scalar(connection, "create table turns (id text primary key, before integer, last integer, owner_before integer)");
    }
}
