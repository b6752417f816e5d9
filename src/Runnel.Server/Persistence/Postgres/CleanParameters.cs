using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Runnel.Server.Hosting.Wording;

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
                parameter.Value = Texts.Clean(text);
        }

        return result;
    }
}
