using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Views;

namespace Runnel.Server.Tests.Turns.Retaining;

/// <summary>The server's own log, with something that comes in between right before a stream is deleted.</summary>
internal sealed class InterruptedLog(IEventStreams log) : IEventStreams
{
    public Func<Task> BeforeDeletion { get; set; } = () => Task.CompletedTask;

    /// <summary>Puts it in the log's place.</summary>
    public static void Register(WebApplicationBuilder builder)
    {
        var own = builder.Services.Last(service => service.ServiceType == typeof(IEventStreams)).ImplementationType!;
        builder.Services.AddSingleton<IEventStreams>(
            services => new InterruptedLog((IEventStreams)ActivatorUtilities.CreateInstance(services, own)));
    }

    public async Task<AppendReceipt> AppendAsync(Append append)
    {
        if (append.Deletes.Count > 0)
            await BeforeDeletion();
        return await log.AppendAsync(append);
    }

    public ValueTask<Follower?> FollowAsync(StreamName stream, StartPosition start, CancellationToken cancellationToken) =>
        log.FollowAsync(stream, start, cancellationToken);

    public ValueTask<T?> ReadStateAsync<T>(
        StreamName stream, Func<Cursor, IStreamView, T> read, CancellationToken cancellationToken) =>
        log.ReadStateAsync(stream, read, cancellationToken);

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        StreamName stream, long after, int maxBytes, CancellationToken cancellationToken) =>
        log.ReadAsync(stream, after, maxBytes, cancellationToken);
}
