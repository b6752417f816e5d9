namespace Runnel.Server.Configuration;

/// <summary>The databases that this version can use.</summary>
internal enum DatabaseProvider
{
    Sqlite,
}
