namespace Runnel.Streams.AspNetCore.Metrics;

/// <summary>Why a response ended. The words of the metric are these, in lower case.</summary>
internal enum CloseCause
{
    /// <summary>The client left.</summary>
    Client,

    /// <summary>Its planned life was over.</summary>
    Lifetime,

    /// <summary>The server is stopping.</summary>
    Draining,

    /// <summary>The reader may not read any more.</summary>
    Credential,

    /// <summary>The client did not read, and was cut.</summary>
    Stalled,

    /// <summary>The store could not be read.</summary>
    Store,

    /// <summary>The event that ends it was sent.</summary>
    End,

    /// <summary>Something was thrown that nobody foresaw.</summary>
    Error,
}
