using System.Text;

namespace Runnel.Server.Knowledge.Spelling;

/// <summary>What makes two names of a relation or a property the same: <c>livesIn</c>, <c>lives_in</c> and <c>LIVES-IN</c> are.</summary>
internal static class RelationKey
{
    public static string Of(string type)
    {
        var words = new StringBuilder(type.Length + 4);
        for (var i = 0; i < type.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterLower(type[i - 1]) && char.IsAsciiLetterUpper(type[i]))
                words.Append(' ');
            words.Append(type[i] == '_' ? ' ' : type[i]);
        }

        return NameKey.Of(words.ToString());
    }
}
