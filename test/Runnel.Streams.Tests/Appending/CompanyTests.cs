using System.Diagnostics;
using Runnel.Streams.Appending;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Appending;

public sealed class CompanyTests
{
    private readonly Company _company = new();
    private readonly PendingAppend _one = new(Sample.Append(Sample.Stream, Sample.Event(1)));
    private readonly PendingAppend _other = new(Sample.Append(Sample.Other, Sample.Event(1)));

    [Fact]
    public void FirstAppend_WaitsForNobody() => Assert.Equal(TimeSpan.Zero, _company.TimeFor(_one));

    [Fact]
    public void SingleWriter_NeverWaits_HoweverFastItIs()
    {
        _company.Begin([_one]);

        Assert.Equal(TimeSpan.Zero, _company.TimeFor(_one));
    }

    [Fact]
    public void AppendRightAfterAnothersCommit_WaitsAMoment()
    {
        // However slow the machine is, one of many finds the commit just begun.
        var waits = Enumerable.Range(0, 100).Select(_ =>
        {
            _company.Begin([_one]);
            return _company.TimeFor(_other);
        });

        Assert.Contains(TimeSpan.FromMilliseconds(1), waits);
    }

    [Fact]
    public void AppendLongAfterTheLastCommit_DoesNotWait()
    {
        _company.Begin([_one]);
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMilliseconds(2))
            Thread.SpinWait(100);

        Assert.Equal(TimeSpan.Zero, _company.TimeFor(_other));
    }
}
