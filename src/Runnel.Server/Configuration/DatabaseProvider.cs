namespace Runnel.Server.Configuration;

/// <summary>The databases that this version can use.</summary>
internal enum DatabaseProvider
{
    /// <summary>A file, of one server.</summary>
    Sqlite,

    /// <summary>A database that several servers share.</summary>
    Postgres,
}
