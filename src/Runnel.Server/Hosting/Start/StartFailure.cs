using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Runnel.Server.Configuration;
using Runnel.Streams.Stores;

namespace Runnel.Server.Hosting.Start;

/// <summary>Why the server did not start, in one line that says what to do; anything else is a bug and keeps its stack trace.</summary>
internal static partial class StartFailure
{
    /// <returns>The line, or null when the exception is not one that an operator can mend.</returns>
    public static string? Explain(Exception exception) => exception switch
    {
        ConfigurationException or StoreUnavailableException => OneLine(exception.Message),
        IOException { InnerException: AddressInUseException } => AddressInUse(exception.Message),
        SocketException { SocketErrorCode: var error } =>
            $"Configuration: Urls names an address that cannot be used here ({error}). Choose another with --Urls=….",
        FormatException when exception.Message.StartsWith("Invalid url", StringComparison.Ordinal) =>
            "Configuration: Urls must be addresses like http://127.0.0.1:5080, separated by \";\".",
        InvalidDataException or FormatException => "Configuration: " + OneLine(exception.Message),
        _ => null,
    };

    private static string AddressInUse(string message)
    {
        var address = Address().Match(message).Value;
        var other = Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? string.Create(CultureInfo.InvariantCulture, $"{uri.Scheme}://{uri.Host}:{Next(uri.Port)}")
            : "http://127.0.0.1:5081";
        return $"The address {address} is already in use. Stop the other program, or choose another with --Urls={other}.";
    }

    private static int Next(int port) => port < 65535 ? port + 1 : port - 1;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    [GeneratedRegex(@"\w+://[^\s]+?(?=:?\s)")]
    private static partial Regex Address();
}
