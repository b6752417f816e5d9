using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Runnel.Streams.Events;

/// <summary>The name of a stream, such as <c>conversation/0195f0c2</c>: 1 to 200 characters of
/// <c>A-Z a-z 0-9 . _ ~ - / : @</c>. Compared by ordinal.</summary>
public readonly record struct StreamName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 200;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-/:@");

    private readonly string? _value;

    /// <summary>Takes a name.</summary>
    /// <exception cref="ArgumentException">The text is not a name; see <see cref="TryCreate"/> for input of users.</exception>
    public StreamName(string value)
    {
        if (!IsValid(value))
            throw new ArgumentException("A stream's name is 1 to 200 characters of A-Z a-z 0-9 . _ ~ - / : @", nameof(value));
        _value = value;
    }

    /// <summary>The name as text.</summary>
    public string Value => _value ?? throw new InvalidOperationException("This is no stream's name: it was never set.");

    /// <summary>Takes a name from outside; false where the text is not a name.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out StreamName name)
    {
        var valid = value is not null && IsValid(value);
        name = valid ? new StreamName(value!) : default;
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => _value ?? "";

    private static bool IsValid(string value) =>
        value is { Length: > 0 and <= MaxLength } && !value.AsSpan().ContainsAnyExcept(Allowed);
}
