namespace Runnel.Server.Gates;

/// <summary>What is left of a body that was refused. Many clients read no answer before they have sent everything, and lose it when
/// the connection is cut under them.</summary>
internal static class RestOfBody
{
    private const int BufferBytes = 16 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Lets it go by, for some seconds.</summary>
    public static async Task LetGoByAsync(Stream body)
    {
        var buffer = new byte[BufferBytes];
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            while (await body.ReadAsync(buffer, patience.Token) > 0)
            {
                // Nobody wants it.
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client is gone, or takes its time.
        }
    }
}
