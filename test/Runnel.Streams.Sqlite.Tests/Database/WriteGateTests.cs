using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Database;

public sealed class WriteGateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClosedGate_LetsWhoIsInsideLeave_AndTellsWhoWaits()
    {
        var gate = new WriteGate();
        var pass = gate.Enter();
        var waiting = gate.EnterAsync(Token).AsTask();
        var blocked = Task.Run(gate.Enter, Token);
        Assert.False(waiting.IsCompleted);

        gate.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WithinPatience());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => blocked.WithinPatience());
        pass.Dispose();
        Assert.Throws<ObjectDisposedException>(gate.Enter);
    }

    [Fact]
    public async Task WaitThatIsCancelled_TakesNoPlace()
    {
        using var gate = new WriteGate();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var pass = gate.Enter();
        var waiting = gate.EnterAsync(leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WithinPatience());

        pass.Dispose();
        pass.Dispose();
        using var next = await gate.EnterAsync(Token);
        var after = gate.EnterAsync(Token).AsTask();
        Assert.False(after.IsCompleted);
    }
}
