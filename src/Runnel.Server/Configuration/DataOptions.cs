namespace Runnel.Server.Configuration;

/// <summary>Where files go: <c>Data:*</c>.</summary>
internal sealed class DataOptions
{
    /// <summary>Relative to the working directory; made when it is not there.</summary>
    public string Directory { get; set; } = "./data";
}
