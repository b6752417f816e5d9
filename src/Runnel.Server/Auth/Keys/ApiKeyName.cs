namespace Runnel.Server.Auth.Keys;

/// <summary>What people call a key: one line of 1 to 100 characters.</summary>
internal static class ApiKeyName
{
    public const int MostCharacters = 100;

    public static bool TryRead(string? text, out string name)
    {
        var printable = (text ?? "").Select(character =>
            char.IsControl(character) || char.IsSurrogate(character) ? ' ' : character);
        name = string.Join(' ', string.Concat(printable).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return name.Length is > 0 and <= MostCharacters;
    }
}
