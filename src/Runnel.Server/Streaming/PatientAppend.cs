using System.Runtime.CompilerServices;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Streaming;

/// <summary>Appends for what runs in the background: while the store cannot commit, it is tried again, until the process stops.</summary>
internal static class PatientAppend
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    /// <exception cref="StoreUnavailableException">It was given up.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<AppendReceipt> AppendAsync(
        IEventStreams streams, Append append, TimeProvider time, CancellationToken giveUp)
    {
        while (true)
        {
            try
            {
                return await streams.AppendAsync(append);
            }
            catch (StoreUnavailableException) when (!giveUp.IsCancellationRequested)
            {
                await Task.Delay(RetryAfter, time, CancellationToken.None);
            }
        }
    }
}
