namespace Runnel.Server.Auth.Sessions;

/// <summary>What a caller is called in the list of sessions: only for people, who look for the one that is not theirs.</summary>
internal static class CallerName
{
    private const int Characters = 120;

    /// <summary>What the browser or program says it is, on one line and shortened.</summary>
    public static string ClientOf(HttpRequest request)
    {
        var text = request.Headers.UserAgent.ToString();
        var shown = text.Length > Characters ? text[..Characters] : text;
        return string.Concat(shown.Select(character => char.IsControl(character) || char.IsSurrogate(character) ? ' ' : character));
    }

    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { } address => address.ToString(),
    };
}
