using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;

namespace Runnel.Server.Persistence.Keys;

/// <summary>Chooses the key that signs by the time that all servers share. By a machine's clock that is behind, the key that another
/// server has just made would not be good yet: this one would make a second, which the others do not know.</summary>
internal sealed class KeysInTime(IDefaultKeyResolver chosen, TimeProvider time) : IDefaultKeyResolver
{
    public DefaultKeyResolution ResolveDefaultKeyPolicy(DateTimeOffset now, IEnumerable<IKey> allKeys) =>
        chosen.ResolveDefaultKeyPolicy(time.GetUtcNow(), allKeys);
}
