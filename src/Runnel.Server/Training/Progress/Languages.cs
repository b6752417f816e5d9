using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Runnel.Server.Training.Progress;

/// <summary>Finds the language of a person.</summary>
internal static class Languages
{
    /// <summary>What <c>Accept-Language</c> likes best of what there is (RFC 9110, 12.5.4); where it says nothing, that of
    /// what the person wrote.</summary>
    public static Language Of(StringValues accepted, string? text)
    {
        if (StringWithQualityHeaderValue.TryParseList(accepted, out var tags))
        {
            foreach (var tag in tags.Where(tag => tag.Quality is not 0).OrderByDescending(tag => tag.Quality ?? 1))
            {
                if (Find(tag.Value.Value!) is { } known)
                    return known;
            }
        }

        return text is not null && text.Any(IsHan) ? Language.Zh : Language.En;
    }

    /// <summary>How it stands in the database.</summary>
    public static string Tag(this Language language) => language == Language.Zh ? "zh" : "en";

    public static Language Read(string tag) => tag == "zh" ? Language.Zh : Language.En;

    private static Language? Find(string tag) => tag.Split('-')[0].ToLowerInvariant() switch
    {
        "zh" => Language.Zh,
        "en" => Language.En,
        _ => null,
    };

    private static bool IsHan(char letter) => letter is (>= '\u3400' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff');
}
