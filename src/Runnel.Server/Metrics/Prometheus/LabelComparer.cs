namespace Runnel.Server.Metrics.Prometheus;

/// <summary>
/// Compares tags whatever their order; a tag without a value is none, as in Prometheus. It looks a series up by the tags of a
/// measurement without copying them.
/// </summary>
internal sealed class LabelComparer
    : IEqualityComparer<KeyValuePair<string, object?>[]>,
        IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, KeyValuePair<string, object?>[]>
{
    public bool Equals(KeyValuePair<string, object?>[]? x, KeyValuePair<string, object?>[]? y) =>
        x is null || y is null ? x == y : Equals(x.AsSpan(), y);

    public int GetHashCode(KeyValuePair<string, object?>[] obj) => GetHashCode(obj.AsSpan());

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, KeyValuePair<string, object?>[] other)
    {
        var count = 0;
        foreach (var tag in alternate)
        {
            if (tag.Value is null)
                continue;
            if (!Has(other, tag))
                return false;
            count++;
        }

        return count == other.Length;
    }

    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
    {
        var hash = 0;
        foreach (var tag in alternate)
        {
            if (tag.Value is not null)
                hash += HashCode.Combine(tag.Key, tag.Value);
        }

        return hash;
    }

    public KeyValuePair<string, object?>[] Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) =>
        [.. alternate.ToArray().Where(tag => tag.Value is not null)];

    private static bool Has(KeyValuePair<string, object?>[] tags, KeyValuePair<string, object?> wanted)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == wanted.Key && Equals(tag.Value, wanted.Value))
                return true;
        }

        return false;
    }
}
