using System.ComponentModel.DataAnnotations;

namespace Runnel.Server.Configuration;

/// <summary>How training goes on: <c>Training:*</c>.</summary>
internal sealed class TrainingOptions
{
    [Range(0.1, 86_400)]
    public double StepSeconds { get; set; } = 300;

    /// <summary>How long one step of a round may take, all attempts of its models together.</summary>
    public TimeSpan Step => TimeSpan.FromSeconds(StepSeconds);
}
