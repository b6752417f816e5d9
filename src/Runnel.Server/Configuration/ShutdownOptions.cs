using System.ComponentModel.DataAnnotations;

namespace Runnel.Server.Configuration;

/// <summary>How the server stops: <c>Shutdown:*</c>.</summary>
internal sealed class ShutdownOptions
{
    [Range(0, 3600)]
    public double GraceSeconds { get; set; } = 3;

    /// <summary>How long running turns may go on after the signal.</summary>
    public TimeSpan Grace => TimeSpan.FromSeconds(GraceSeconds);
}
