namespace Runnel.Server.Accounts.Guarding;

/// <summary>Failed sign-ins of the last minute, per account and per address. An attempt counts as failed until it is forgiven, so
/// that many at once do not slip through. Thread-safe.</summary>
internal interface ILoginAttempts
{
    /// <summary>Counts the attempt, unless it comes too early: then nothing is counted, and the answer is how long to wait.</summary>
    ValueTask<TimeSpan?> BeginAsync(LoginAttempt attempt, CancellationToken cancellationToken);

    /// <summary>It was the right password after all.</summary>
    ValueTask ForgiveAsync(LoginAttempt attempt);
}
