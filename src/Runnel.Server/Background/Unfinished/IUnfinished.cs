namespace Runnel.Server.Background.Unfinished;

/// <summary>What a process leaves half done when it dies, and another one can bring to its end.</summary>
internal interface IUnfinished
{
    /// <summary>Brings to an end what is found. Others may be at the same, those who began it too: that must be harmless.</summary>
    Task FinishAsync(CancellationToken cancellationToken);
}
