using Npgsql;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Postgres.Tests.Log;

public sealed class ParticipantTests(OneCluster one) : IAsyncLifetime
{
    private OpenedStore _opened = null!;

    public async ValueTask InitializeAsync()
    {
        _opened = await OpenedStore.OpenAsync(await one.Cluster.CreateDatabaseAsync());
        _opened.Execute("create table things (id integer primary key)");
    }

    public ValueTask DisposeAsync() => _opened.DisposeAsync();

    [Fact]
    public async Task TheOneThatFails_IsNamed_AndNothingOfItsAppendIsThere()
    {
        var refusal = await RefuseAsync(Insert("first", 1), Insert("second", 2), Insert("again", 2), Insert("last", 3));

        Assert.Equal("again", refusal.Participant);
        Assert.IsType<PostgresException>(refusal.InnerException);
        Assert.Equal(0, await _opened.ScalarAsync("select count(*) from things"));
    }

    [Fact]
    public async Task TheOneThatMiscounts_IsNamed_ThoughALaterOneFails()
    {
        var none = new Participant("none", "delete from things where id = 7", new Dictionary<string, object?>(), 1);

        var refusal = await RefuseAsync(Insert("first", 1), none, Insert("again", 1));

        Assert.Equal("none", refusal.Participant);
        Assert.Equal(0, await _opened.ScalarAsync("select count(*) from things"));
    }

    [Theory]
    [InlineData("nul")]
    [InlineData("half a character")]
    [InlineData("half a character at the end of much")]
    [InlineData("half a character in an array")]
    [InlineData("no value of a database")]
    [InlineData("a word of the program")]
    [InlineData("a number that is too large")]
    [InlineData("a stream that breaks off")]
    public async Task TheOneWhoseValueIsRefusedOrCannotBeSent_IsNamed_AndOthersOfTheCommitAreStored(string what)
    {
        var odd = new Participant(
            what, "insert into things select length(@text)", new Dictionary<string, object?> { ["text"] = ValueOf(what) }, 1);
        var batch = await _opened.Store.CommitAsync(
            new Append(Sample.Other, Sample.Event(1)) { Participants = [Insert("before", 1)] },
            new Append(Sample.Stream, Sample.Event(1)) { Participants = [Insert("first", 2), odd, Insert("last", 3)] },
            new Append(Sample.Other, Sample.Event(2)) { Participants = [Insert("after", 2)] });

        Assert.Equal(what, Assert.IsType<ParticipantRefusedException>(batch[1].Failure).Participant);
        Assert.Null(batch[0].Failure);
        Assert.Null(batch[2].Failure);
        Assert.Equal(2, await _opened.ScalarAsync("select count(*) from things"));
        Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Other), 2);
        Assert.Null(await _opened.Store.FindAsync(Sample.Stream, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ParticipantIsGiven_WhichOpeningOfTheLogCommitsIt()
    {
        var mine = new Participant(
            "mine",
            "insert into things values (@incarnation)",
            new Dictionary<string, object?> { ["incarnation"] = EventNumber.Incarnation });

        await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(1)) { Participants = [mine] });

        Assert.Equal(_opened.Store.Incarnation, await _opened.ScalarAsync("select id from things"));
    }

    private static object ValueOf(string what) => what switch
    {
        "nul" => "\0",
        "half a character" => "a\ud83d",
        "half a character at the end of much" => new string('x', 100_000) + "\ude00",
        "half a character in an array" => new[] { new string('x', 100_000), "\ude00" },
        "no value of a database" => new object(),
        "a word of the program" => DayOfWeek.Friday,
        "a number that is too large" => ulong.MaxValue,
        _ => new BreakingStream(),
    };

    private static Participant Insert(string name, int id) =>
        new(name, "insert into things values (@id)", new Dictionary<string, object?> { ["id"] = id }, 1);

    private async Task<ParticipantRefusedException> RefuseAsync(params Participant[] participants) =>
        Assert.IsType<ParticipantRefusedException>((await _opened.Store.CommitAsync(
            new Append(Sample.Stream, Sample.Event(1)) { Participants = participants }))[0].Failure);
}
