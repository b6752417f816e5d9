using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Runnel.Server.Persistence.Postgres;

/// <summary>
/// What somebody asks for may have characters that PostgreSQL has not: NUL, and half of a pair. SQLite finds nothing under such a
/// name; here the statement would fail. What is stored was cleaned at the door, so that nothing is found here either.
/// </summary>
internal sealed class CleanParameters : DbCommandInterceptor
{
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        foreach (DbParameter parameter in result.Parameters)
        {
            if (parameter.Value is string text)
                parameter.Value = Clean(text);
        }

        return result;
    }

    /// <summary>An encoder writes U+FFFD where there is half of a pair.</summary>
    private static string Clean(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return text.Replace('\0', '\ufffd');
    }
}
