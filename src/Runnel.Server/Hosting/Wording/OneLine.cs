using System.Text;

namespace Runnel.Server.Hosting.Wording;

/// <summary>Titles and names are one line.</summary>
internal static class OneLine
{
    /// <summary>White space and control characters become one space, and none at the ends.</summary>
    public static string Of(string? text)
    {
        var clean = new StringBuilder(text?.Length ?? 0);
        foreach (var character in text ?? "")
        {
            if (!char.IsControl(character) && !char.IsWhiteSpace(character))
                clean.Append(character);
            else if (clean.Length > 0 && clean[^1] != ' ')
                clean.Append(' ');
        }

        return clean.ToString().Trim();
    }
}
