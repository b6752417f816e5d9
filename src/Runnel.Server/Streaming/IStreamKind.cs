using Runnel.Streams.Events;
using Runnel.Streams.Views;

namespace Runnel.Server.Streaming;

/// <summary>Streams of one slice, with the views of their own.</summary>
internal interface IStreamKind : IStreamViews
{
    /// <summary>Whether a stream is one of these.</summary>
    bool Has(StreamName stream);
}
