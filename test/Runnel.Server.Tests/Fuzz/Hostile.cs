using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Runnel.Server.Tests.Fuzz;

/// <summary>Makes up what nobody should send. The same seed makes up the same.</summary>
public sealed class Hostile(int seed)
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "9223372036854775808", "0.1", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"",
        "\"\\udc00\\ud800\"", "\"new\"", "\"0\"", "[]", "{}", "[[[[]]]]", "{\"a\":{\"a\":1}}", "\"'; drop table users; --\"",
        "\"../../etc/passwd\"", "\"<script>\"", "\"\\r\\ndata: x\\r\\n\"", "\"a@b.example\"", "\"enqueue\"", "\"markdown\"",
        "\"\u202e\ufeff\"", "[\"read\",1]",
    ];

    private static readonly string[] PathParts =
    [
        "%2e%2e", "%2e", "..%2f..%2f", "%00", "%ff%fe", "%25", "a%0d%0aSet-Cookie:x=y", "'%20or%201=1--", "stream", "new", "send",
        "%f0%9f%92%a5", "-1", "*", "a;b=c", "{threadId}", "%7B%7D", "con", "~", "%2F", "%5c..%5c",
    ];

    private static readonly string[] Queries =
    [
        "after=0", "after=%00", "after=-1", "after=zzz.zzz.99999999999999999999", "limit=0", "limit=abc", "limit=99999999999",
        "limit=1&limit=2", "wait_seconds=-1", "wait_seconds=NaN", "wait_seconds=1e9", "before=%ff", "before=_", "before=9999-99-99_a",
        "before=0001-01-01T00:00:00%2B14:00_a", "format=xml", "format=", "accumulated=maybe", "heartbeat=event", "ticket=",
        "ticket=CfDJ8", "use_cookies=perhaps", "use_cookies=true", "=", "&&&", "%", "a[]=b", "q=%ed%a0%80",
    ];

    private static readonly string[] HeaderLines =
    [
        "Last-Event-ID: \u00ff\u00fe", "Last-Event-ID: 0", "Last-Event-ID: " + "9.9.9", "Cookie: runnel=forged", "Cookie: ;;;=;,",
        "Cookie: runnel_ticket_x=y", "Origin: null", "Origin: https://evil.example", "Sec-Fetch-Site: cross-site",
        "X-Forwarded-For: 1.2.3.4, ::1", "X-Forwarded-Proto: javascript", "X-HTTP-Method-Override: DELETE", "Accept: */*;q=x",
        "Accept-Encoding: gzip;q=1e9", "If-None-Match: *", "Range: bytes=0-0,1-1,99999999999-", "Expect: 100-continue",
        "Content-Encoding: gzip", "Traceparent: 00-00000000000000000000000000000000-0000000000000000-00", "Upgrade: websocket",
        "Content-Type: application/json; charset=utf-7", "X: " , "Accept-Language: " + "x,x,x,x",
    ];

    private readonly Random _random = new(seed);

    public string PathPart() => _random.Next(8) == 0 ? new string('a', 3000) : Of(PathParts);

    public string Query() => string.Join('&', Enumerable.Range(0, _random.Next(3)).Select(_ => Of(Queries)));

    public IEnumerable<string> Headers() => Enumerable.Range(0, _random.Next(4)).Select(_ => Of(HeaderLines)).Distinct();

    /// <summary>Another way to write a path that is not it, or is.</summary>
    public string Path(string path) => _random.Next(8) switch
    {
        0 => path.ToUpperInvariant(),
        1 => path.Replace("/", "//", StringComparison.Ordinal),
        2 => path + "/",
        3 => path.Replace("/v1/", "/v1/%2e%2e/v1/", StringComparison.Ordinal),
        4 => path.Replace("a", "%61", StringComparison.Ordinal),
        _ => path,
    };

    /// <summary>A body for fields of these names, which an endpoint knows.</summary>
    public byte[] Body(IReadOnlyList<string> fields) => _random.Next(14) switch
    {
        0 => Text(new string('[', 100_000)),
        1 => Text(string.Concat(Enumerable.Repeat("{\"a\":", 5_000))),
        2 => Text($"{{{Members(fields)},{Members(fields)}}}"),
        3 => [0xef, 0xbb, 0xbf, .. Text($"{{{Members(fields)}}}")],
        4 => [.. Text("{\"message\":\""), 0xff, 0xc0, 0x80, .. Text("\"}")],
        5 => Text($"{{{Members(fields)}"),
        6 => Text(Of(Values)),
        7 => [],
        8 => RandomBytes(),
        9 => Text($"{{\"{new string('k', 100_000)}\":1,{Members(fields)}}}"),
        10 => Text($"{{{string.Join(',', Enumerable.Repeat(Members(fields), 500))}}}"),
        _ => Text($"{{{Members(fields)}}}"),
    };

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private string Members(IReadOnlyList<string> fields) => fields.Count == 0
        ? "\"x\":1"
        : string.Join(',', fields.Where(_ => _random.Next(4) > 0).Append(Of(fields))
            .Select(field => string.Create(CultureInfo.InvariantCulture, $"{JsonSerializer.Serialize(field)}:{Value()}")));

    private string Value() => _random.Next(20) == 0 ? $"\"{new string('x', 200_000)}\"" : Of(Values);

    private byte[] RandomBytes()
    {
        var bytes = new byte[_random.Next(1, 2000)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private T Of<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
