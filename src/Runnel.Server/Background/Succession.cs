using Runnel.Streams.Stores;

namespace Runnel.Server.Background;

/// <summary>Begins what waits, where there is room for it. Thread-safe.</summary>
internal sealed class Succession(RunningTasks tasks, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    /// <summary>Begins what is next, until it has begun or there is nothing to begin. When the server is stopping, it waits for the
    /// next start.</summary>
    /// <param name="tryBegin">Commits that it begins, and gives what starts it; null where there is nothing to begin. Where it is
    /// refused, somebody else was faster, and it is called again.</param>
    /// <param name="cannot">Is told why it cannot be committed; it is tried again after that.</param>
    public async Task BeginNextAsync(Func<Task<Action?>> tryBegin, Action<Exception> cannot)
    {
        while (tasks.TryEnter())
        {
            var begun = false;
            try
            {
                if (await tryBegin() is not { } start)
                    return;
                start();
                begun = true;
                return;
            }
            catch (ParticipantRefusedException)
            {
                // Somebody else changed the queue; look again.
            }
            catch (StreamEndedException)
            {
                return;
            }
            catch (Exception exception)
            {
                cannot(exception);
                await Task.Delay(RetryAfter, time, CancellationToken.None);
            }
            finally
            {
                if (!begun)
                    tasks.Leave();
            }
        }
    }
}
