namespace Runnel.Server.Tests.Crash;

/// <summary>What a client of a killed server sees: a connection that breaks, never a stream that ends in good order.</summary>
internal static class Death
{
    public static async Task WaitAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException and not EndOfStreamException)
        {
            // Just what it is for.
        }
    }
}
