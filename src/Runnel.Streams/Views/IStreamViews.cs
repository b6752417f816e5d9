using Runnel.Streams.Events;

namespace Runnel.Streams.Views;

/// <summary>Makes the views of an application's streams. Register one with the container; without it streams have no state.</summary>
public interface IStreamViews
{
    /// <summary>An empty view for a stream: what it shows before the first event.</summary>
    IStreamView Create(StreamName stream);

    /// <summary>The number after which a new view must read the log to come to the right state: anything not later than the
    /// oldest event that still matters. Nothing that it relies on may be newer than the log is when it returns.</summary>
    ValueTask<long> FindStartAsync(StreamName stream, CancellationToken cancellationToken);
}
