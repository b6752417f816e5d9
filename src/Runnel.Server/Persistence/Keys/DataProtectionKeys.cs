using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Runnel.Server.Persistence.Keys;

/// <summary>
/// Keeps the keys that sign cookies and tokens in the database, so that both survive a restart. They are stored as they are:
/// whoever reads the database file can forge cookies, as they can read everything else in it.
/// </summary>
internal sealed class DataProtectionKeys(IServiceScopeFactory scopes, TimeProvider time) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        return [.. context.Set<DataProtectionKey>().AsNoTracking().OrderBy(key => key.CreatedAt)
            .Select(key => key.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        context.Add(new DataProtectionKey
        {
            Name = friendlyName,
            Xml = element.ToString(SaveOptions.DisableFormatting),
            CreatedAt = time.GetUtcNow(),
        });
        context.SaveChanges();
    }
}
