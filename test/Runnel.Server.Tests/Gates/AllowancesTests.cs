using System.Globalization;
using Runnel.Server.Gates;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Gates;

public class AllowancesTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public void Caller_HasItsAllowanceAtOnce_ThenEvenly()
    {
        var allowances = new Allowances(4, _time);

        Assert.Equal([null, null, null, null, TimeSpan.FromSeconds(15)], Take(allowances, "a", 5));
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal([null, TimeSpan.FromSeconds(15)], Take(allowances, "a", 2));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([null, null, null, null, TimeSpan.FromSeconds(15)], Take(allowances, "a", 5));
    }

    [Fact]
    public void Caller_WhoIsRefused_DoesNotWaitLongerForAsking()
    {
        var allowances = new Allowances(1, _time);
        Take(allowances, "a", 100);
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal([null], Take(allowances, "a", 1));
    }

    [Fact]
    public void Caller_TakesNothing_FromAnother()
    {
        var allowances = new Allowances(2, _time);
        Take(allowances, "greedy", 1000);

        Assert.Equal([null, null], Take(allowances, "other", 2));
    }

    [Fact]
    public void Callers_FillNoMemory_HoweverManyTheyAre()
    {
        var allowances = new Allowances(1, _time);
        for (var caller = 0; caller < Allowances.MaxCallers + 5; caller++)
            allowances.Take(caller.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(Allowances.MaxCallers + 1, allowances.Count);
        Assert.NotNull(allowances.Take("one more"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(allowances.Take("one more"));
        Assert.Equal(1, allowances.Count);
    }

    [Fact]
    public void Caller_WhoTookElsewhere_HasTheRest_AndIsNeverHeldUpForMoreThanAMinute()
    {
        var allowances = new Allowances(4, _time) { Counted = _ => { } };
        Take(allowances, "a", 1);
        var told = allowances.TakeUntold();
        Take(allowances, "a", 1);

        // Two of another server, and the one that was told.
        allowances.Hear("a", TimeSpan.FromSeconds(45));
        allowances.Hear("b", TimeSpan.FromSeconds(60));

        Assert.Equal(("a", 1), told.Select(pair => (pair.Key, pair.Value)).Single());
        Assert.Equal([TimeSpan.FromSeconds(15)], Take(allowances, "a", 1));
        Assert.Equal(1, allowances.TakeUntold()["a"]);
        Assert.Equal(1, allowances.Count);
        allowances.Hear("a", TimeSpan.FromMinutes(5));
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal([null, TimeSpan.FromSeconds(15)], Take(allowances, "a", 2));
    }

    [Fact]
    public void Requests_AreNotRemembered_WhereNobodyIsToldOfThem()
    {
        var allowances = new Allowances(4, _time);
        Take(allowances, "a", 3);

        Assert.Empty(allowances.TakeUntold());
    }

    private static IEnumerable<TimeSpan?> Take(Allowances allowances, string caller, int times) =>
        [.. Enumerable.Range(0, times).Select(_ => allowances.Take(caller))];
}
