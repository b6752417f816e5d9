namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>Why the server ends a response.</summary>
internal enum CloseReason
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>Its planned life is over; the client reconnects with its cursor.</summary>
    Lifetime,

    /// <summary>The server is stopping; the client reconnects with its cursor.</summary>
    Draining,

    /// <summary>Its reader may not read any more. Nothing more is written.</summary>
    Credential,
}
