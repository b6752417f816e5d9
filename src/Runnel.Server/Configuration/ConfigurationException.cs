namespace Runnel.Server.Configuration;

/// <summary>A value of the configuration is wrong. The message is one line that names its key.</summary>
internal sealed class ConfigurationException(string message) : Exception("Configuration: " + message);
