using System.ComponentModel.DataAnnotations;

namespace Runnel.Server.Configuration;

/// <summary>How event streams live: <c>Streams:*</c>.</summary>
internal sealed class StreamsOptions
{
    [Range(0.1, 3600)]
    public double HeartbeatSeconds { get; set; } = 15;

    [Range(0.01, 1440)]
    public double LifetimeMinutes { get; set; } = 30;

    [Range(0.01, 87_600)]
    public double RetentionHours { get; set; } = 24;

    [Range(0.001, 87_600)]
    public double DormantHours { get; set; } = 24;

    public TimeSpan Heartbeat => TimeSpan.FromSeconds(HeartbeatSeconds);

    public TimeSpan Lifetime => TimeSpan.FromMinutes(LifetimeMinutes);

    public TimeSpan Retention => TimeSpan.FromHours(RetentionHours);

    /// <summary>For how long at least nobody has used a user's stream that goes dormant.</summary>
    public TimeSpan Dormancy => TimeSpan.FromHours(DormantHours);

    /// <summary>How long it may go unnoticed that such a stream is followed: so often, at most, it is written down.</summary>
    public TimeSpan DormancyExactness => Dormancy / 24;
}
