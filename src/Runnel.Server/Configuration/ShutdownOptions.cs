using System.ComponentModel.DataAnnotations;

namespace Runnel.Server.Configuration;

/// <summary>How the server stops: <c>Shutdown:*</c>.</summary>
internal sealed class ShutdownOptions
{
    private const double Alone = 3;
    private const double InCompany = 30;

    [Range(0, 3600)]
    public double? GraceSeconds { get; set; }

    /// <summary>How long running turns may go on after the signal: 3 s for a server that is alone, since nobody can send
    /// anything meanwhile; 30 s where others are there.</summary>
    public TimeSpan Grace(bool hasCompany) => TimeSpan.FromSeconds(GraceSeconds ?? (hasCompany ? InCompany : Alone));
}
