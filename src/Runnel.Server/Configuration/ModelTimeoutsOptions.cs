using System.ComponentModel.DataAnnotations;

namespace Runnel.Server.Configuration;

/// <summary>How long a model may take: <c>Models:Timeouts:*</c>.</summary>
internal sealed class ModelTimeoutsOptions
{
    [Range(0.1, 3600)]
    public double FirstTokenSeconds { get; set; } = 30;

    [Range(0.1, 3600)]
    public double StallSeconds { get; set; } = 30;

    [Range(0.1, 86_400)]
    public double TotalSeconds { get; set; } = 600;

    /// <summary>From the request to the first text or reasoning.</summary>
    public TimeSpan FirstToken => TimeSpan.FromSeconds(FirstTokenSeconds);

    /// <summary>Between two pieces of text or reasoning.</summary>
    public TimeSpan Stall => TimeSpan.FromSeconds(StallSeconds);

    /// <summary>For the whole turn.</summary>
    public TimeSpan Total => TimeSpan.FromSeconds(TotalSeconds);
}
