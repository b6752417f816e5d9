using Runnel.Server.Answering;

namespace Runnel.Server.Tests.Answering;

public class BackoffTests
{
    [Theory]
    [InlineData(1, 0, 250)]
    [InlineData(1, 1, 500)]
    [InlineData(2, 0, 500)]
    [InlineData(2, 1, 1000)]
    public void TheWait_DoublesWithEachFailure_WithinHalfOfItself(int failures, double chance, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Backoff.Wait(failures, null, chance));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 500)]
    [InlineData(7, 0, 7000)]
    [InlineData(7, 1, 7500)]
    public void WhatTheServerAsksFor_IsTheLeast(int seconds, double chance, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Backoff.Wait(2, TimeSpan.FromSeconds(seconds), chance));
}
