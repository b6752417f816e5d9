using System.Net;
using Microsoft.Extensions.Options;
using Runnel.Server.Accounts.Guarding;
using Runnel.Server.Configuration;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Accounts.Guarding;

public class LoginAttemptsTests
{
    private readonly FakeTime _time = new();
    private readonly LoginAttempts _attempts;

    public LoginAttemptsTests() => _attempts = new LoginAttempts(Options.Create(new LimitsOptions()), _time);

    [Fact]
    public async Task Guesser_WithTenThousandTries_LeavesTenBehind_AndNoneAfterAMinute()
    {
        var home = IPAddress.Parse("192.0.2.1");
        var end = TestContext.Current.CancellationToken;

        var refused = 0;
        for (var number = 0; number < 10_000; number++)
            refused += await _attempts.BeginAsync(new LoginAttempt($"nobody{number}@example.org", home), end) is null ? 0 : 1;
        var remembered = _attempts.Count;
        _time.Advance(TimeSpan.FromMinutes(1));
        await _attempts.BeginAsync(new LoginAttempt("anna@example.org", home), end);

        Assert.Equal(9_990, refused);
        Assert.Equal(11, remembered);
        Assert.Equal(2, _attempts.Count);
    }

    [Theory]
    [InlineData("ANNA@example.org", "anna@example.org")]
    [InlineData("300", "1000000")]
    public void Names_ThatAreTheSameAccount_OrNone_AreCountedTogether(string one, string other)
    {
        var attempts = new[] { one, other }.Select(name => int.TryParse(name, out var length) ? new string('a', length) : name)
            .Select(name => new LoginAttempt(name, IPAddress.Loopback).Keys.First()).ToList();

        Assert.Equal(attempts[0], attempts[1]);
        Assert.True(attempts[0].Length < 300);
    }
}
