using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Runnel.Server.Persistence;

namespace Runnel.Server.Tests.Accounts.Guarding;

/// <summary>Real hashing that takes its thread until it is let go, and counts how many do it at once.</summary>
internal sealed class HeldHasher : IPasswordHasher<Account>, IDisposable
{
    private readonly PasswordHasher<Account> _hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));

    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly Lock _gate = new();
    private int _busy;

    public int MostAtOnce { get; private set; }

    public void Hold() => _open.Reset();

    public void LetGo() => _open.Set();

    /// <summary>Waits until so many hash at once.</summary>
    public async Task UntilBusyAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Volatile.Read(ref _busy) < count)
            await Task.Delay(5, patience.Token); // polls: hashing tells nobody that it began
    }

    public string HashPassword(Account user, string password) => Counted(() => _hasher.HashPassword(user, password));

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) =>
        Counted(() => _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword));

    public void Dispose() => _open.Dispose();

    private T Counted<T>(Func<T> work)
    {
        lock (_gate)
            MostAtOnce = Math.Max(MostAtOnce, ++_busy);
        try
        {
            _open.Wait(TimeSpan.FromSeconds(60));
            return work();
        }
        finally
        {
            lock (_gate)
                _busy--;
        }
    }
}
